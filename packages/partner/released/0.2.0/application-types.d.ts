type Ids = {
    /** The app's id of the application, the same in all of its events. */
    application: string;
    /** The `reference` of your link, or its `jti`. */
    partnerReference?: string | undefined;
};
type SubmittedIds = Ids & {
    /** The reference of the submission, which the customer sees. A corrected one has another. */
    reference: string;
};
export type ApplicationState = 'started' | 'submitting' | 'link_delivered' | 'refused' | 'needs_review' | 'resolved' | 'ended';
export type ApplicationStatus = Ids & {
    reference?: string | undefined;
    state: ApplicationState;
    /** When the customer opened the link with this reference (ISO 8601, UTC). */
    startedAt: string;
    /** When the latest submission last changed; without one, `startedAt`. */
    updatedAt: string;
};
type EventOf<Type extends string, Data> = {
    type: Type;
    timestamp: string;
    data: Data;
};
export type ApplicationEvent = EventOf<'application.started', Ids> | EventOf<'application.submitted', SubmittedIds> | EventOf<'application.link_delivered', SubmittedIds> | EventOf<'application.refused', SubmittedIds> | EventOf<'application.needs_review', SubmittedIds> | EventOf<'application.resolved', SubmittedIds & {
    decision: 'delivered' | 'refused' | 'again';
}> | EventOf<'application.stalled', Ids & {
    /** For the customer only: it opens the application once. Absent if the page of identity is not complete. */
    continueUrl?: string | undefined;
    continueUntil?: string | undefined;
}>;
export {};
