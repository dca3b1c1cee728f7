//! Office files in and out: paragraphs and tables, whatever they mean.
