/** Version of cuffloop that this page was made from; put in by the build. */

declare const __CUFFLOOP_VERSION__: string;

export const VERSION: string = typeof __CUFFLOOP_VERSION__ === 'string' ? __CUFFLOOP_VERSION__ : 'source';
