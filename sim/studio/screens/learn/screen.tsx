/** The screen "Learn". */

export function Screen() {
  return (
    <section class="page">
      <h1>Learn</h1>
      <p>What the cuff says with its lamps, and why it does what it does.</p>
    </section>
  );
}
