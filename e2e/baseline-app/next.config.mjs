/** Nothing: what the framework weighs by itself. Without this file the product's own settings would be found. */
export default { serverExternalPackages: ['pg', 'undici'] };
