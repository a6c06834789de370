/** The screen "Try": the firmware on a simulated cuff, live. */

export function Screen() {
  return (
    <section class="page">
      <h1>Try</h1>
      <p>The firmware itself, on a simulated cuff.</p>
    </section>
  );
}
