
pub mod cda;
pub mod nos;
