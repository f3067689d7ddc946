/** The back of a card with its three digits marked. */
export const CodePicture = () => (
  <svg aria-hidden="true" viewBox="0 0 44 28" className="h-5 w-8 shrink-0 fill-none stroke-quiet stroke-[1.5]">
    <rect x="1" y="1" width="42" height="26" rx="3" />
    <path d="M1 8h42" strokeWidth="4" />
    <path d="M6 18h15" />
    <rect x="25" y="13.5" width="14" height="9" rx="4.5" className="stroke-danger" strokeWidth="2" />
    <path d="M28.5 18h.01M32 18h.01M35.5 18h.01" strokeWidth="2.5" strokeLinecap="round" />
  </svg>
);
