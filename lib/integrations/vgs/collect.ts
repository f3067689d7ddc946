/** The part of VGS Collect that the app uses (docs/vendor-notes.md#11-vgs-collect). */
type CollectFieldState = {
  name: string;
  isValid: boolean;
  isEmpty: boolean;
  isFocused: boolean;
  last4?: string;
  cardType?: string;
};
export type CollectState = Partial<Record<string, CollectFieldState>>;
export type CollectField = { focus(): void; update(options: object): void };
export type CollectForm = {
  field(selector: string, options: object): CollectField;
  submit(
    path: string,
    options: object,
    onAnswer: (status: number, body: unknown) => void,
    onError: (error: unknown) => void,
  ): unknown;
  tokenize(onAnswer: (status: number, body: unknown) => void, onError: (error: unknown) => void): unknown;
  setRouteId(route: string): void;
  unmount(): void;
};
export type Collect = {
  create(vaultId: string, environment: string, onState: (state: CollectState) => void): CollectForm;
};

declare global {
  interface Window {
    VGSCollect?: Collect;
  }
}
