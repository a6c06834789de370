/** What a screen brings along and only the build understands: styles, and workers that lie in the page itself. */
declare module '*.css';
declare module '*?worker&inline' {
  const Inline: new (options?: { name?: string }) => Worker;
  export default Inline;
}
