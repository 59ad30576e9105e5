// <dmp-synthese ticket="…"></dmp-synthese>: the summary of a shared health record inside a page of practice software.
//
// The ticket comes from POST /pro/appel/ticket with "frame": true and serves once; a new value shows the summary anew. `lang` is fr or en.
// Nothing of the record reaches the page around it: the summary stands in a frame of the record's own origin, which runs no script and gets no
// cookie, and which browsers show on registered origins alone.
(() => {
  const home = new URL(document.currentScript.src).origin;

  class DmpSynthese extends HTMLElement {
    static observedAttributes = ["ticket"];

    connectedCallback() {
      this.show();
    }

    attributeChangedCallback() {
      if (this.isConnected && this.hasAttribute("ticket")) this.show();
    }

    show() {
      const query = new URLSearchParams({ ticket: this.getAttribute("ticket") ?? "" });
      const lang = this.getAttribute("lang") ?? document.documentElement.lang.slice(0, 2);
      if (lang === "fr" || lang === "en") query.set("lang", lang);
      // It serves once: no other script of the page needs to find it.
      this.removeAttribute("ticket");
      const frame = document.createElement("iframe");
      frame.title = lang === "en" ? "Summary of the shared health record" : "Synthèse du dossier médical partagé";
      frame.referrerPolicy = "no-referrer";
      // Links open tabs that are free of the frame; no script, no form, no way to move the page around.
      frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
      frame.style.border = "0";
      frame.style.width = "100%";
      frame.style.height = this.style.height || "40rem";
      frame.src = `${home}/embed/synthese?${query}`;
      this.replaceChildren(frame);
    }
  }

  customElements.get("dmp-synthese") ?? customElements.define("dmp-synthese", DmpSynthese);
})();
