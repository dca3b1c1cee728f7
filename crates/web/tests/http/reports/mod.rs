//! Reports from the first number to the public figure, over the shipped decision.

mod by_link;
mod checks;
mod editing;
mod excel;
mod giants;
mod hostile;
mod kept;
mod lists;
mod obstacles;
mod opinions;
mod periodic;
mod province;
mod story;
mod wording;
