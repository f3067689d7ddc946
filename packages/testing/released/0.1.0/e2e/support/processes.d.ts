/** Processes that live and die with the command that started them. */
export declare class Processes {
    /**
     * Starts a program and resolves once `isReady` likes a line of its standard output, with what it made of the line.
     * A program that ends before that, or at any time before `stop`, ends the command.
     */
    start<Ready>(name: string, command: string, args: readonly string[], options: {
        env: Record<string, string | undefined>;
        cwd?: string;
        onOutput?: (text: string) => void;
    }, parseReady: (line: string) => Ready | undefined): Promise<Ready>;
    /** Asks all of them to end and waits until they have; those that do not are killed. */
    stop(): Promise<void>;
}
/** Resolves to true when no process listens on this loopback port. */
export declare function isPortFree(port: number): Promise<boolean>;
/** A loopback port that is free at this moment. */
export declare function findFreePort(): Promise<number>;
/** The processes that a process has started (Linux). */
export declare const findChildren: (pid: number) => number[];
/** @returns false when there is no such process any more */
export declare function sendSignal(pid: number, signal: NodeJS.Signals): boolean;
