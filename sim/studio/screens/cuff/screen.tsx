/** The screen "My cuff". */

export function Screen() {
  return (
    <section class="page">
      <h1>My cuff</h1>
      <p>Connect a cuff, flash it, commission it, read it, stop it.</p>
    </section>
  );
}
