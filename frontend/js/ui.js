import "./htmx.js";
import "./theme-switch.js";
import "./print-button.js";
import "./file-drop.js";
import "./deal-board.js";
