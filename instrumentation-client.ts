import { setDefaultPolicy } from './lib/inline-script/default-policy';

// Next.js runs this file before it renders in the browser.
setDefaultPolicy();
