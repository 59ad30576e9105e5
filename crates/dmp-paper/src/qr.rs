//! An address as a QR code.

use qrcode::{Color, EcLevel, QrCode};

use crate::PaperError;
use crate::sheet::{Area, Role, Shape, Sheet};

/// Empty squares around the code, as the standard asks.
const QUIET_SQUARES: usize = 4;

/// Draws an address into a square area, with the words that stand for the picture.
///
/// # Errors
/// [`PaperError::AddressTooLong`] for more than such a code holds.
pub(crate) fn draw(sheet: &mut Sheet, page: usize, area: Area, address: &str, words: String) -> Result<(), PaperError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| PaperError::AddressTooLong)?;
    let count = code.width();
    #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 squares in a row")]
    let place = |square: usize| square as f32;
    let side = area.width / place(count + 2 * QUIET_SQUARES);
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == Color::Dark);
    let corner = |at: usize| {
        let (column, row) = (at % count.max(1), at / count.max(1));
        (area.x + place(column + QUIET_SQUARES) * side, area.y + place(row + QUIET_SQUARES) * side)
    };
    sheet.open(Role::Figure(words));
    sheet.draw(page, Shape::Squares { corners: dark.map(|(at, _)| corner(at)).collect(), side });
    sheet.close();
    Ok(())
}
