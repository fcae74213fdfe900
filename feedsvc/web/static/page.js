// Copy buttons. Without this script there are none, and the addresses can be selected.
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.from || "");
    const text = field ? field.value : button.dataset.text;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // The clipboard needs HTTPS. The older command needs a selected field.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const label = button.firstChild;
    const before = label.data;
    label.data = button.dataset.said;
    setTimeout(() => { label.data = before; }, 2000);
  });
}
