/** The screen "Logs". */

export function Screen() {
  return (
    <section class="page">
      <h1>Logs</h1>
      <p>Open what a cuff has kept, and see what happened.</p>
    </section>
  );
}
