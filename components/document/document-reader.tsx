'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { Button, buttonVariants } from '@/components/ui/button';
import type { PersonNames } from '@/lib/domain/documents/curp-letters';
import type { PersonFields } from '@/lib/domain/documents/person-fields';
import type { DocumentKind } from '@/lib/domain/documents/read-document-code';
import { CurpField } from './curp-field';
import { postFields } from './post-fields';
import { type ReaderStatus, useCodeReader } from './use-code-reader';
import { useFieldNames } from './use-field-names';

type Props = {
  kinds: readonly DocumentKind[];
  /** The path that fills the form. */
  fillPath: string;
  stamp: string;
  /** The names that the form has already, to compare a CURP with. */
  names: PersonNames;
  /** The state in which the page opens. */
  initialStatus: ReaderStatus;
};

/** Reads a document with the camera, from a picture or from a typed CURP, and posts what it says to the form. */
export function DocumentReader({ kinds, fillPath, stamp, names, initialStatus }: Props) {
  const t = useTranslations('document');
  const describeFields = useFieldNames();
  const [filled, setFilled] = useState<string>();

  function fill(fields: PersonFields): void {
    setFilled(describeFields(Object.keys(fields)));
    postFields(fillPath, stamp, fields);
  }
  const reader = useCodeReader({ kinds, initialStatus, onRead: fill });

  return (
    <div className="needs-script grid gap-3">
      <video
        ref={reader.video}
        aria-label={t('video')}
        playsInline
        muted
        className={`aspect-[4/3] w-full rounded-control border border-line bg-raised object-cover ${reader.isCameraOn ? '' : 'hidden'}`}
      />
      <StatusLine status={reader.status} filled={filled} />
      {reader.isCameraOn ? (
        <Button type="button" kind="secondary" onClick={reader.closeCamera}>
          {t('stop')}
        </Button>
      ) : (
        <Button type="button" onClick={() => void reader.startCamera()}>
          {t('camera')}
        </Button>
      )}
      <PictureField onChoose={(file) => void reader.readPicture(file)} />
      {kinds.includes('curp') ? <CurpField names={names} onRead={fill} /> : null}
    </div>
  );
}

/** A picture of the customer's, from the gallery or from the camera's own app. */
function PictureField({ onChoose }: { onChoose: (file: File) => void }) {
  const t = useTranslations('document');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);

  function takeFile(): void {
    const [file] = input.current?.files ?? [];
    if (!input.current || !file) return;
    // The same picture can be chosen again.
    input.current.value = '';
    onChoose(file);
  }

  // A picture that was chosen before the script arrived has caused no event.
  useEffect(takeFile);
  return (
    <div>
      <input ref={input} id={id} type="file" accept="image/*" className="peer sr-only" onChange={takeFile} />
      <label
        htmlFor={id}
        className={`${buttonVariants('secondary')} peer-focus-visible:outline-3 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus`}
      >
        {t('picture')}
      </label>
    </div>
  );
}

const NEUTRAL_STATUSES: readonly ReaderStatus[] = ['idle', 'preparing', 'aim'];

/** Shows the next action, a problem, or the filled fields. Screen readers announce it politely (WCAG 4.1.3). */
function StatusLine({ status, filled }: { status: ReaderStatus; filled: string | undefined }) {
  const t = useTranslations('document');
  const isProblem = filled === undefined && !NEUTRAL_STATUSES.includes(status);
  return (
    <p
      role="status"
      className={isProblem ? 'rounded-control border-2 border-danger bg-danger-soft px-3.5 py-2' : 'empty:-mb-3'}
    >
      {filled === undefined ? getStatusText(t, status) : t('done', { fields: filled })}
    </p>
  );
}

function getStatusText(t: ReturnType<typeof useTranslations<'document'>>, status: ReaderStatus): string | null {
  if (status === 'idle') return null;
  return status === 'preparing' || status === 'aim' ? t(status) : t(`problems.${status}`);
}
