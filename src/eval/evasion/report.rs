use super::{Escapes, Evasion};
use crate::eval::scores::ratio;
use crate::eval::table::{Report, Style, Table, number};
use serde::Serialize;

/// What got away in one disguise.
#[derive(Debug, Clone, Serialize)]
pub struct EvasionRow {
    /// The disguise.
    pub disguise: &'static str,
    /// With the note read as it is written.
    pub as_written: Escapes,
    /// With disguises seen through.
    pub seen_through: Escapes,
}

/// What got away in every disguise.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EvasionReport {
    /// One a disguise, in the order of [`Evasion::all`].
    pub rows: Vec<EvasionRow>,
}

impl Report for EvasionReport {
    fn render(&self, style: Style) -> String {
        let mut table = Table::new(&["Disguise", "Entities", "As written", "%", "% of characters", "Seen through", "%", "% of characters"]);
        for row in &self.rows {
            let share = |part: usize, of: usize| number(ratio(100 * part, of), 1);
            let mut cells = vec![row.disguise.to_string(), row.as_written.entities.to_string()];
            for escapes in [row.as_written, row.seen_through] {
                cells.push(escapes.escaped.to_string());
                cells.push(share(escapes.escaped, escapes.entities));
                cells.push(share(escapes.standing, escapes.characters));
            }
            table.rows.push(cells);
        }
        style.title("PHI that escapes in disguise: entities of which a character is left standing, and the share of their characters")
            + &table.render(style)
    }
}

impl EvasionReport {
    /// Adds a disguise.
    pub fn push(&mut self, evasion: &Evasion, as_written: Escapes, seen_through: Escapes) {
        self.rows.push(EvasionRow { disguise: evasion.name, as_written, seen_through });
    }
}
