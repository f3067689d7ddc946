'use client';

import { useEffect, useState } from 'react';
import { TickField } from '@/components/form/checkbox-field';
import { inputOf } from '@/components/form/step-form-context';
import { NameField } from '@/components/form/text-field';
import { useWords } from '@/components/i18n/words';
import { LinkButton } from '@/components/ui/link-button';
import { TextWithValues } from '@/components/ui/value';
import type { FieldPolicy } from '@/lib/domain/journey-context';

/** Both surnames, and the offer to part two that landed in one box, as autofill from a single `family-name` does. */
export function SurnameFields({ policy }: { policy: FieldPolicy }) {
  const t = useWords('steps.identity');
  const [parted, setParted] = useState<[string, string]>();

  async function look() {
    const boxes = [inputOf('lastName'), inputOf('lastName2')];
    const [first = '', second = ''] = boxes.map((box) => box?.value ?? '');
    const isOne =
      policy === 'hidden' || boxes.some((box) => box?.readOnly) || second !== '' || !first.trim().includes(' ');
    const rules = isOne ? undefined : await import('@/lib/domain/person-name/split-surnames').catch(() => undefined);
    setParted(rules?.splitSurnames(first));
  }

  // What was typed or filled in before the script arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => void look(), []);

  function accept() {
    const boxes = [inputOf('lastName'), inputOf('lastName2')];
    for (const [at, box] of boxes.entries()) if (box && parted) box.value = parted[at] ?? '';
    setParted(undefined);
    boxes[1]?.focus();
  }

  return (
    <div onBlurCapture={look} className="grid gap-6">
      <div>
        <NameField name="lastName" label={t('lastName')} autoComplete="family-name" />
        <div role="status">
          {parted ? (
            <LinkButton onClick={accept}>
              <TextWithValues
                text={t('partSurnames', { first: '{first}', second: '{second}' })}
                values={{ first: parted[0], second: parted[1] }}
              />
            </LinkButton>
          ) : null}
        </div>
      </div>
      {/* No autofill token means a second surname; the nearest one would fill in a middle name. */}
      {policy === 'hidden' ? null : (
        <div>
          <NameField
            name="lastName2"
            label={t('lastName2')}
            hint={policy === 'optional' ? t('lastName2Hint') : undefined}
            optional={policy === 'optional'}
            autoComplete="off"
          />
          {policy === 'required' ? <TickField name="oneSurname" label={t('oneSurname')} /> : null}
        </div>
      )}
    </div>
  );
}
