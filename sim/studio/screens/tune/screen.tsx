/** The screen "Tune". */

export function Screen() {
  return (
    <section class="page">
      <h1>Tune</h1>
      <p>Find the settings that suit a cuff, and see how far they can be trusted.</p>
    </section>
  );
}
