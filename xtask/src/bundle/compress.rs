//! Compression, always at its best: files are compressed once and sent often.

use std::io::{Read as _, Write as _};

use anyhow::Result;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// Brotli (RFC 7932) with the given quality, 0 to 11.
pub(crate) fn brotli(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)?;
    Ok(packed)
}

/// Gzip (RFC 1952) without a time stamp.
pub(super) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Whether a compressed file unpacks to these bytes.
pub(super) fn is_brotli_of(packed: &[u8], bytes: &[u8]) -> bool {
    let mut unpacked = Vec::with_capacity(bytes.len());
    brotli::BrotliDecompress(&mut &packed[..], &mut unpacked).is_ok() && unpacked == bytes
}

/// Whether a compressed file unpacks to these bytes.
pub(super) fn is_gzip_of(packed: &[u8], bytes: &[u8]) -> bool {
    let mut unpacked = Vec::with_capacity(bytes.len());
    GzDecoder::new(packed).read_to_end(&mut unpacked).is_ok() && unpacked == bytes
}

#[cfg(test)]
mod tests;
