/** Styles that a screen brings along; the build puts them into files of their own. */
declare module '*.css';
