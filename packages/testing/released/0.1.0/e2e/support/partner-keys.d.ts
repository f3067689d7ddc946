/** What a partner's server needs to make links: the app's origin, the partner's private and the app's public key (PEM). */
export type PartnerLinkKeys = {
    origin: string;
    signKey: string;
    encryptionKey: string;
};
/**
 * Makes the two key pairs of partner links in a folder of their own, and a secret of webhooks.
 *
 * @returns the environment of the sandbox's partner and of the app, and the keys of the partner's server
 */
export declare function createPartnerKeys(): {
    folder: string;
    link: {
        signKey: string;
        encryptionKey: string;
    };
    webhookSecret: string;
    /** Writes the app's list of endpoints: one, at this address. @returns the app's variable */
    writeWebhooksFile(url: string): {
        WEBHOOKS_FILE: string;
    };
    sandbox: {
        SANDBOX_PARTNER_WEBHOOK_SECRET: string;
        SANDBOX_PARTNER_SIGN_KEY_FILE: string;
        SANDBOX_PARTNER_SEAL_KEY_FILE: string;
    };
    app: {
        PARTNER_LINK_VERIFY_KEY_FILE: string;
        PARTNER_LINK_DECRYPT_KEY_FILE: string;
    };
};
