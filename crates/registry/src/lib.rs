//! Records of any declared type, their lifecycle, tasks and files.
