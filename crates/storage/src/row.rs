//! Reading columns as our types, with errors that name table and column.

use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::time::Timestamp;

use crate::StoreError;

/// A row of a table, for reading.
pub(crate) struct Reader<'r> {
    pub(crate) table: &'static str,
    pub(crate) row: &'r AnyRow,
}

impl Reader<'_> {
    pub(crate) fn text(&self, column: &str) -> Result<String, StoreError> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn text_option(&self, column: &str) -> Result<Option<String>, StoreError> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn json_option<T: DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        if self.text_option(column)?.is_none() { Ok(None) } else { self.json(column).map(Some) }
    }

    pub(crate) fn number(&self, column: &str) -> Result<i64, StoreError> {
        Ok(self.row.try_get(column)?)
    }

    pub(crate) fn flag(&self, column: &str) -> Result<bool, StoreError> {
        Ok(self.number(column)? != 0)
    }

    pub(crate) fn at(&self, column: &str) -> Result<Timestamp, StoreError> {
        self.number(column).map(Timestamp)
    }

    pub(crate) fn at_option(&self, column: &str) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.row.try_get::<Option<i64>, _>(column)?.map(Timestamp))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        self.parse(column, |text| serde_json::from_str(text).map_err(|error| error.to_string()))
    }

    pub(crate) fn address(&self, column: &'static str) -> Result<EmailAddress, StoreError> {
        self.parse(column, |text| EmailAddress::parse(text).map_err(|error| error.to_string()))
    }

    /// Parses a stored text; a failure means that the data breaks an invariant.
    pub(crate) fn parse<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, StoreError> {
        parse(&self.text(column)?).map_err(|reason| StoreError::Inconsistent {
            table: self.table,
            column,
            reason,
        })
    }
}

/// Reads every row of an answer.
pub(crate) fn all<T>(
    rows: &[AnyRow],
    table: &'static str,
    read: impl Fn(&Reader<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    rows.iter().map(|row| read(&Reader { table, row })).collect()
}

/// Reads the row of an answer that has one at most.
pub(crate) fn one<T>(
    row: Option<&AnyRow>,
    table: &'static str,
    read: impl Fn(&Reader<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    row.map(|row| read(&Reader { table, row })).transpose()
}
