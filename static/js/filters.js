// The sheet of filters: opens beside the page that it narrows. Without this script its link leads to a page of its own.
const sheet = document.getElementById("sheet");

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-sheet]")) sheet.showModal();
  else if (event.target === sheet) sheet.close(); // the backdrop
});

// What was not chosen stays out of the address.
document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches(".sheet-form")) return;
  const kept = [...formData].filter(([name, value]) => value && !(name === "availability" && value === "available"));
  for (const name of new Set(formData.keys())) formData.delete(name);
  for (const [name, value] of kept) formData.append(name, value);
});
