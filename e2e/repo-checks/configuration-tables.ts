import { BRAND_DESCRIPTIONS } from '../../lib/config/brand/brand-descriptions.ts';
import { ENV_SECTIONS } from '../../lib/config/env-descriptions.ts';
import { envSchema } from '../../lib/config/env-schema.ts';

export const CONFIGURATION_DOCUMENT = 'docs/configuration.md';

type Variable = keyof typeof envSchema.shape;

/** Returns the default of a variable, or says that it is required or has none. */
function formatDefault(name: Variable): string {
  const { def } = envSchema.shape[name];
  const text = def.type === 'default' ? String(def.defaultValue) : '';
  if (text !== '') return `\`${text}\``;
  return def.type === 'default' || def.type === 'optional' ? '–' : 'required';
}

/** Returns a variable's description, with the values of an enum that the description does not list. */
function formatMeaning(name: Variable, description: string): string {
  const { def } = envSchema.shape[name];
  const schema = def.type === 'default' || def.type === 'optional' ? def.innerType : envSchema.shape[name];
  if (!('entries' in schema.def)) return description;
  const values = Object.values(schema.def.entries).map((value) => `\`${value}\``);
  return values.every((value) => description.includes(value)) ? description : `${description}: ${values.join(', ')}`;
}

/** Returns the tables of environment variables, one per section. */
function renderVariables(): string {
  return ENV_SECTIONS.map(({ title, variables }) => {
    const rows = Object.entries(variables).map(
      ([name, description]) =>
        `| \`${name}\` | ${formatMeaning(name as Variable, description)} | ${formatDefault(name as Variable)} |`,
    );
    return [`### ${title}`, '', '| Variable | Meaning | Default |', '|---|---|---|', ...rows].join('\n');
  }).join('\n\n');
}

function renderBrand(): string {
  const rows = Object.entries(BRAND_DESCRIPTIONS).map(([name, description]) => `| \`${name}\` | ${description} |`);
  return ['| Name | Meaning |', '|---|---|', ...rows].join('\n');
}

/** Returns `document` with its tables rendered from the schemas, between `<!-- name -->` and `<!-- /name -->`. */
export function updateConfigurationTables(document: string): string {
  const tables = { variables: renderVariables(), brand: renderBrand() };
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
    const [before = '', rest = ''] = text.split(start);
    return `${before}${start}${table}${end}${rest.split(end)[1] ?? ''}`;
  }, document);
}
