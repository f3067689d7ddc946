import { cborDecode, cborEncode, DataItem, DateOnly } from '@owf/mdoc';
import { beforeAll, expect, test } from 'vitest';
import {
  type CborTree,
  changeResponse,
  follow,
  LICENCE,
  MDL_NAMESPACE,
  toWalletResponse,
} from '../../e2e/support/wallet/present-document.ts';
import { makeWalletSession } from '../../e2e/support/wallet/wallet-session.ts';
import { verifyPresentation } from './verify-presentation.ts';
import type { WalletRefusal } from './wallet-refusal.ts';

let session: Awaited<ReturnType<typeof makeWalletSession>>;
let genuine: Uint8Array;
/** The same person's document on another phone. */
let other: Uint8Array;
beforeAll(async () => {
  session = await makeWalletSession();
  genuine = await session.respond();
  other = await session.respond();
});

const verify = (bytes: Uint8Array) => verifyPresentation({ response: toWalletResponse(bytes), ...session.expected });
async function expectRefusal(bytes: Uint8Array, refusal: WalletRefusal) {
  expect(await verify(bytes)).toEqual({ kind: 'refused', refusal });
}

const ITEMS = ['issuerSigned', 'nameSpaces', MDL_NAMESPACE] as const;
const getItems = (document: CborTree) => follow(document, ...ITEMS) as DataItem<CborTree>[];
const DEVICE_SIGNATURE = ['deviceSigned', 'deviceAuth', 'deviceSignature'] as const;
const getSignature = (document: CborTree, ...path: readonly string[]) => follow(document, ...path) as unknown[];
const setElement = (item: DataItem<CborTree>, name: string, value: unknown) =>
  DataItem.fromData(new Map([...item.data, [name, value]]));
const getMembers = (document: CborTree, ...path: string[]) => follow(document, ...path) as CborTree;

test.each(Object.keys(LICENCE))('refuses another value of %s', async (name) => {
  const forged = changeResponse(genuine, (document) => {
    const items = getItems(document);
    const index = items.findIndex(({ data }) => data.get('elementIdentifier') === name);
    const item = items[index];
    const value = name === 'birth_date' ? new DateOnly('1987-06-25') : name === 'sex' ? 1 : 'Other';
    if (item) items[index] = setElement(item, 'elementValue', value);
  });
  await expectRefusal(forged, 'element-changed');
});

type Change = [name: string, kind: WalletRefusal, change: (document: CborTree, response: CborTree) => void];
const CHANGES: Change[] = [
  [
    'an element added',
    'element-changed',
    (document) => {
      const [first] = getItems(document);
      if (first)
        getItems(document).push(setElement(setElement(first, 'digestID', 12_345), 'elementIdentifier', 'height'));
    },
  ],
  [
    'an element twice',
    'element-twice',
    (document) => {
      const [first] = getItems(document);
      if (first) getItems(document).push(first);
    },
  ],
  [
    'an element under another name',
    'element-changed',
    (document) => {
      const [first, ...more] = getItems(document);
      if (first)
        getMembers(document, 'issuerSigned', 'nameSpaces').set(MDL_NAMESPACE, [
          setElement(first, 'elementIdentifier', 'family_name'),
          ...more,
        ]);
    },
  ],
  [
    'an element with another salt',
    'element-changed',
    (document) => {
      const items = getItems(document);
      if (items[0]) items[0] = setElement(items[0], 'random', Buffer.alloc(32));
    },
  ],
  [
    'the elements in another namespace',
    'element-changed',
    (document) => {
      const namespaces = getMembers(document, 'issuerSigned', 'nameSpaces');
      namespaces.set('org.example', namespaces.get(MDL_NAMESPACE));
      namespaces.delete(MDL_NAMESPACE);
    },
  ],
  [
    'the elements of another phone',
    'element-changed',
    (document) => {
      const items = getItems(getMembers(cborDecode(other) as CborTree, 'documents', '0'));
      getMembers(document, 'issuerSigned', 'nameSpaces').set(MDL_NAMESPACE, items);
    },
  ],
  [
    'the issuer’s part of another phone',
    'device-signature',
    (document) => {
      document.set('issuerSigned', follow(cborDecode(other), 'documents', 0, 'issuerSigned'));
    },
  ],
  [
    'the device’s part of another phone',
    'device-signature',
    (document) => {
      document.set('deviceSigned', follow(cborDecode(other), 'documents', 0, 'deviceSigned'));
    },
  ],
  [
    'no signature of the issuer',
    'issuer-signature',
    (document) => {
      getSignature(document, 'issuerSigned', 'issuerAuth')[3] = Buffer.alloc(0);
    },
  ],
  [
    'an issuer’s signature of zeros',
    'issuer-signature',
    (document) => {
      getSignature(document, 'issuerSigned', 'issuerAuth')[3] = Buffer.alloc(64);
    },
  ],
  [
    'no security object',
    'malformed',
    (document) => {
      getSignature(document, 'issuerSigned', 'issuerAuth')[2] = null;
    },
  ],
  [
    'a security object with another type',
    'issuer-signature',
    (document) => {
      const issuerAuth = getSignature(document, 'issuerSigned', 'issuerAuth');
      const security = cborDecode(issuerAuth[2] as Uint8Array) as CborTree;
      issuerAuth[2] = cborEncode(DataItem.fromData(new Map([...security, ['docType', 'org.example']])));
    },
  ],
  [
    'the device’s key replaced in the security object',
    'issuer-signature',
    (document) => {
      const issuerAuth = getSignature(document, 'issuerSigned', 'issuerAuth');
      const security = cborDecode(issuerAuth[2] as Uint8Array) as CborTree;
      const theirs = cborDecode(
        getSignature(
          getMembers(cborDecode(other) as CborTree, 'documents', '0'),
          'issuerSigned',
          'issuerAuth',
        )[2] as Uint8Array,
      ) as CborTree;
      issuerAuth[2] = cborEncode(
        DataItem.fromData(new Map([...security, ['deviceKeyInfo', theirs.get('deviceKeyInfo')]])),
      );
    },
  ],
  [
    'the algorithm outside the protected header',
    'algorithm',
    (document) => {
      const issuerAuth = getSignature(document, 'issuerSigned', 'issuerAuth');
      issuerAuth[0] = cborEncode(new Map());
      (issuerAuth[1] as CborTree).set(1, -7);
    },
  ],
  [
    'a critical header that we do not know',
    'algorithm',
    (document) => {
      getSignature(document, 'issuerSigned', 'issuerAuth')[0] = cborEncode(
        new Map<number, unknown>([
          [1, -7],
          [2, [99]],
        ]),
      );
    },
  ],
  [
    'no algorithm',
    'algorithm',
    (document) => {
      getSignature(document, ...DEVICE_SIGNATURE)[0] = cborEncode(new Map());
    },
  ],
  [
    'no chain',
    'issuer-unknown',
    (document) => {
      (getSignature(document, 'issuerSigned', 'issuerAuth')[1] as CborTree).delete(33);
    },
  ],
  [
    'no signature of the device',
    'device-signature-missing',
    (document) => {
      getMembers(document, 'deviceSigned').set('deviceAuth', new Map());
    },
  ],
  [
    'a MAC of the device',
    'device-signature-missing',
    (document) => {
      const signature = getSignature(document, ...DEVICE_SIGNATURE);
      signature[0] = cborEncode(new Map([[1, 5]]));
      getMembers(document, 'deviceSigned').set('deviceAuth', new Map([['deviceMac', signature]]));
    },
  ],
  [
    'a device’s signature of zeros',
    'device-signature',
    (document) => {
      getSignature(document, ...DEVICE_SIGNATURE)[3] = Buffer.alloc(64);
    },
  ],
  [
    'a device’s signature that is too short',
    'device-signature',
    (document) => {
      const signature = getSignature(document, ...DEVICE_SIGNATURE);
      signature[3] = (signature[3] as Buffer).subarray(0, 63);
    },
  ],
  [
    'a device’s signature over a text of its own',
    'device-signature',
    (document) => {
      getSignature(document, ...DEVICE_SIGNATURE)[2] = Buffer.from([0xa0]);
    },
  ],
  [
    'elements that the device adds after signing',
    'device-signature',
    (document) => {
      getMembers(document, 'deviceSigned').set(
        'nameSpaces',
        DataItem.fromData(new Map([[MDL_NAMESPACE, new Map([['sex', 1]])]])),
      );
    },
  ],
  [
    'another document type outside',
    'document-type',
    (document) => {
      document.set('docType', 'com.google.wallet.idcard.1');
    },
  ],
  [
    'an error of the wallet',
    'document-count',
    (_document, response) => {
      response.set('status', 10);
    },
  ],
  [
    'no document',
    'document-count',
    (_document, response) => {
      response.set('documents', []);
    },
  ],
  [
    'two documents',
    'document-count',
    (document, response) => {
      response.set('documents', [document, document]);
    },
  ],
  [
    'a list of errors',
    'document-count',
    (_document, response) => {
      response.set('documentErrors', [new Map([['org.example', 0]])]);
    },
  ],
  [
    'version 2.0',
    'malformed',
    (_document, response) => {
      response.set('version', '2.0');
    },
  ],
  [
    'no issuer’s part',
    'malformed',
    (document) => {
      document.delete('issuerSigned');
    },
  ],
  [
    'no elements',
    'malformed',
    (document) => {
      getMembers(document, 'issuerSigned').delete('nameSpaces');
    },
  ],
  [
    'no device’s part',
    'malformed',
    (document) => {
      document.delete('deviceSigned');
    },
  ],
];

test.each(CHANGES)('refuses a response with %s: %s', async (_name, kind, change) => {
  await expectRefusal(changeResponse(genuine, change), kind);
});

test('no changed bit is accepted, and none breaks the verifier', { timeout: 60_000 }, async () => {
  for (let offset = 0; offset < genuine.length; offset += 5) {
    const bytes = Buffer.from(genuine);
    bytes[offset] = (bytes[offset] ?? 0) ^ (1 << (offset % 8));
    expect([offset, (await verify(bytes)).kind]).toEqual([offset, 'refused']);
  }
});
