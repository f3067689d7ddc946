import type { Person } from './people.ts';

// The texts of the codes, written from the documents' descriptions and not from the product's code (docs/document-mapping.md).

/** Prints a name in capitals. */
const print = (name: string) => name.toUpperCase();

const PARTICLE = /^(?:(?:DE|DEL|LA|LAS|LOS|MAC|MC|VAN|VON|Y)\s+)+/;
const toPlain = (name: string) =>
  print(name)
    .replaceAll('Ñ', 'X')
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '');
const getMainWord = (name: string) => toPlain(name).replace(PARTICLE, '').split(' ')[0] ?? '';

function getGivenWord(firstName: string): string {
  const words = toPlain(firstName).split(' ');
  const rest = words.slice(1).join(' ').replace(PARTICLE, '');
  return /^(?:MARIA|MA|JOSE|J)$/.test(words[0] ?? '') && rest ? (rest.split(' ')[0] ?? '') : (words[0] ?? '');
}

const letterOrX = (char: string | undefined) => (char && /[A-Z]/.test(char) ? char : 'X');
const getVowel = (word: string) => letterOrX([...word.slice(1)].find((char) => 'AEIOU'.includes(char)));
const getConsonant = (word: string) => letterOrX([...word.slice(1)].find((char) => !'AEIOU'.includes(char)));

/** Builds the person's CURP. */
export function buildCurp({ firstName, lastName, lastName2, dob, sex, birthState: [state] }: Person): string {
  const [first, second, given] = [getMainWord(lastName), getMainWord(lastName2), getGivenWord(firstName)];
  const start = [
    letterOrX(first[0]) + getVowel(first) + letterOrX(second[0]) + letterOrX(given[0]),
    dob.slice(2).replaceAll('-', ''),
    sex + state + getConsonant(first) + getConsonant(second) + getConsonant(given),
    dob < '2000' ? '0' : 'A',
  ].join('');
  const values = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
  let sum = 0;
  for (const [index, char] of [...start].entries()) sum += values.indexOf(char) * (18 - index);
  return `${start}${(10 - (sum % 10)) % 10}`;
}

/** Builds the text of a CURP certificate's code, in one of its two forms. */
export function buildCurpText(person: Person, isLabelled: boolean): string {
  const { firstName, lastName, lastName2, dob, sex } = person;
  const curp = buildCurp(person);
  if (isLabelled) {
    const name = [firstName, lastName, lastName2].filter(Boolean).map(print).join(' ');
    return `||Número de Validación Legal: 12345678901 |Nombre: ${name} |CURP: ${curp}||`;
  }
  const date = dob.split('-').toReversed().join('/');
  const names = [lastName, lastName2, firstName].map(print).join('|');
  return `${curp}||${names}|${sex === 'H' ? 'HOMBRE' : 'MUJER'}|${date}|CIUDAD DE MEXICO|09|`;
}

/** Builds the text of a Californian licence's code (AAMVA DL/ID Card Design Standard, annex D). */
export function buildLicenceText({ firstName, middleName, lastName, lastName2, dob, sex, street }: Person): string {
  const [year, month, day] = dob.split('-');
  const elements = [
    'DAQD1234562',
    `DCS${print([lastName, lastName2].filter(Boolean).join(' '))}`,
    'DDEN',
    `DAC${print(firstName)}`,
    'DDFN',
    `DAD${middleName ? print(middleName) : 'NONE'}`,
    'DDGN',
    'DCAC',
    'DCBNONE',
    'DCDNONE',
    'DBD06062019',
    `DBB${month}${day}${year}`,
    'DBA06062030',
    `DBC${sex === 'H' ? '1' : '2'}`,
    'DAU066 in',
    'DAYBRO',
    `DAG${street}`,
    'DAILOS ANGELES',
    'DAJCA',
    'DAK900150000  ',
    'DCF00/00/0000NNNAN/ANFD/YY',
    'DCGUSA',
    'DCK0000000000000000',
    'DDAF',
    'DDB08292017',
  ];
  const subfile = `DL${elements.join('\n')}\r`;
  return `@\n\x1e\rANSI 636014100102DL0031${String(subfile.length).padStart(4, '0')}${subfile}`;
}
