//! Statements of one transaction that are sent without waiting for each other.

use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::connect::{Sent, Session, in_order};
use super::failure::Failure;

/// Statements that wait for their answers at once. More would only fill buffers.
const SENT_AT_ONCE: usize = 128;

/// A value of a statement.
pub(crate) type Value<'a> = Box<dyn ToSql + Sync + Send + 'a>;

/// The values of one statement.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        vec![$(Box::new($value) as $crate::postgres::batch::Value<'_>),*]
    };
}
pub(crate) use values;

/// Statements in their order.
#[derive(Default)]
pub(crate) struct Batch<'a>(Vec<(&'static str, Vec<Value<'a>>)>);

impl<'a> Batch<'a> {
    /// Adds a statement.
    pub fn add(&mut self, sql: &'static str, values: Vec<Value<'a>>) {
        self.0.push((sql, values));
    }

    /// Sends them, and gives how many rows each of them changed.
    ///
    /// # Errors
    /// Of the engine (inner): the transaction can only be undone. Of the connection while preparing (outer).
    pub async fn send(&self, session: &Session) -> Result<Result<Vec<u64>, tokio_postgres::Error>, Failure> {
        let client = session.client()?;
        let mut counts = Vec::with_capacity(self.0.len());
        for statements in self.0.chunks(SENT_AT_ONCE) {
            let mut requests: Vec<Sent<'_, u64>> = Vec::with_capacity(statements.len());
            for (sql, values) in statements {
                let statement = session.prepare(sql).await?;
                requests
                    .push(Box::pin(async move { client.execute_raw(&statement, values.iter().map(|value| &**value as &(dyn ToSql + Sync))).await }));
            }
            match in_order(requests).await {
                Ok(answers) => counts.extend(answers),
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(counts))
    }
}

/// Begins a transaction.
pub(crate) fn begin(session: &Session) -> Result<Sent<'_, Vec<Row>>, Failure> {
    let client = session.client()?;
    Ok(Box::pin(async move { client.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED").await.map(|()| Vec::new()) }))
}
