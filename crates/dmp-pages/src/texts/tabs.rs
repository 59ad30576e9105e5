//! Texts of the three tabs of "who has access".

use crate::lang::texts;

texts! {
    /// The tabs.
    TabTexts {
        tabs: "Les trois pages sur les accès", "The three pages about access";
        looked: "Qui a regardé", "Who looked";
        may: "Qui peut regarder", "Who may look";
        preview: "Ce que voit…", "What they see…";
    }
}
