//! MLLP: a message between VT and FS CR (HL7 v2 transport, appendix C).

const START: u8 = 0x0B;
const END: u8 = 0x1C;
const AFTER_END: u8 = 0x0D;

/// Takes bytes as they come and gives whole messages.
#[derive(Debug, Default)]
pub struct Frames {
    buffer: Vec<u8>,
    /// How far the end was looked for already, so that a large message is not searched again with each piece.
    searched: usize,
}

/// The peer sends what is no frame, or one that never ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotMllp;

impl Frames {
    /// Takes more bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole message; `None`: more bytes are needed.
    ///
    /// # Errors
    /// [`NotMllp`] for bytes outside of a frame, or a frame over `bytes_max`.
    pub fn next(&mut self, bytes_max: usize) -> Result<Option<Vec<u8>>, NotMllp> {
        let blank = self.buffer.iter().take_while(|byte| byte.is_ascii_whitespace() && **byte != START).count();
        if blank > 0 {
            self.buffer.drain(..blank);
            self.searched = 0;
        }
        match self.buffer.first() {
            None => return Ok(None),
            Some(&START) => {}
            Some(_) => return Err(NotMllp),
        }
        let from = self.searched.max(1);
        let found = self.buffer.iter().skip(from).position(|byte| *byte == END).map(|place| place + from);
        let Some(end) = found else {
            self.searched = self.buffer.len();
            return if self.buffer.len() > bytes_max { Err(NotMllp) } else { Ok(None) };
        };
        if end > bytes_max {
            return Err(NotMllp);
        }
        match self.buffer.get(end + 1) {
            None => {
                self.searched = end;
                Ok(None)
            }
            Some(&AFTER_END) => {
                let message = self.buffer.get(1..end).unwrap_or_default().to_vec();
                self.buffer.drain(..end + 2);
                self.searched = 0;
                Ok(Some(message))
            }
            Some(_) => Err(NotMllp),
        }
    }
}

/// A message in its frame.
pub fn frame(message: &[u8]) -> Vec<u8> {
    [&[START], message, &[END, AFTER_END]].concat()
}
