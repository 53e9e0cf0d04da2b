// Light, dark, or as the system has it. The choice is remembered where the browser allows it.

const THEMES = ["automatic", "light", "dark"];
const KEY = "dss-theme";

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // a private window; the choice lasts as long as the page
  }
}

/** The theme behind `theme`. */
export function nextTheme(theme) {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
}

/** Makes a button that goes from theme to theme. */
export function bindTheme(button, root = document.documentElement) {
  let theme = THEMES.includes(remembered()) ? remembered() : THEMES[0];
  const show = () => {
    root.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener("click", () => {
    theme = nextTheme(theme);
    remember(theme);
    show();
  });
  show();
}
