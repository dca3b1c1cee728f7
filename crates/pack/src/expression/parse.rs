//! From tokens to a tree, with CEL's precedence.

use super::lex::{Placed, Token, tokens};
use super::{DEEPEST, Each, Expr, ExprNode, LONGEST, Misread, Operator};
use crate::Code;

pub(super) fn parse(text: &str) -> Result<Expr, Misread> {
    if text.len() > LONGEST {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        return Err(Misread {
            at: (0, end),
            code: Code::TooLong,
            wanted: "~expr-shorter",
        });
    }
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
    };
    let tree = parser.choice()?;
    match parser.peek() {
        (Token::End, _) => Ok(tree),
        (Token::Sign("="), at) => Err(misread(*at, "~expr-double-equals")),
        (_, at) => Err(misread(*at, "~expr-operator")),
    }
}

/// Words that CEL keeps for itself: no name is one of them, though a member may be.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "namespace",
    "package",
    "return",
    "var",
    "void",
    "while",
];

/// Words that mean something wherever they stand.
const KEYWORDS: [&str; 4] = ["true", "false", "null", "in"];

/// Whether a word may be a name.
fn is_free(word: &str) -> bool {
    !RESERVED.contains(&word) && !KEYWORDS.contains(&word)
}

fn misread(at: (u32, u32), wanted: &'static str) -> Misread {
    Misread {
        at,
        code: Code::ExpressionSyntax,
        wanted,
    }
}

struct Parser {
    tokens: Vec<Placed>,
    next: usize,
    depth: usize,
}

/// Binding strength of an operator, CEL's own order.
fn strength(operator: Operator) -> u8 {
    match operator {
        Operator::Or => 1,
        Operator::And => 2,
        Operator::Add | Operator::Subtract => 4,
        Operator::Multiply | Operator::Divide | Operator::Remainder => 5,
        _ => 3,
    }
}

impl Parser {
    /// The last token is [`Token::End`], which is never passed.
    fn peek(&self) -> &Placed {
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    fn take(&mut self) -> Placed {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    fn takes(&mut self, sign: &str) -> bool {
        let taken = matches!(&self.peek().0, Token::Sign(found) if *found == sign);
        self.next += usize::from(taken);
        taken
    }

    fn needs(&mut self, sign: &str, wanted: &'static str) -> Result<(u32, u32), Misread> {
        let at = self.peek().1;
        if self.takes(sign) {
            Ok(at)
        } else {
            Err(misread(at, wanted))
        }
    }

    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Misread>,
    ) -> Result<T, Misread> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let at = self.peek().1;
            return Err(Misread {
                at,
                code: Code::TooLong,
                wanted: "~expr-shallower",
            });
        }
        let done = read(self)?;
        self.depth -= 1;
        Ok(done)
    }

    fn choice(&mut self) -> Result<Expr, Misread> {
        self.deeper(|parser| {
            let condition = parser.binary(0)?;
            if !parser.takes("?") {
                return Ok(condition);
            }
            // As in CEL: another choice here stands in brackets.
            let yes = parser.binary(0)?;
            parser.needs(":", "~expr-colon")?;
            let no = parser.choice()?;
            Ok(Expr {
                at: (condition.at.0, no.at.1),
                node: ExprNode::Choose(Box::new(condition), Box::new(yes), Box::new(no)),
            })
        })
    }

    fn operator(&self) -> Option<Operator> {
        Some(match &self.peek().0 {
            Token::Word(word) if word == "in" => Operator::In,
            Token::Sign(sign) => match *sign {
                "||" => Operator::Or,
                "&&" => Operator::And,
                "==" => Operator::Equal,
                "!=" => Operator::Unequal,
                "<" => Operator::Less,
                "<=" => Operator::AtMost,
                ">" => Operator::Greater,
                ">=" => Operator::AtLeast,
                "+" => Operator::Add,
                "-" => Operator::Subtract,
                "*" => Operator::Multiply,
                "/" => Operator::Divide,
                "%" => Operator::Remainder,
                _ => return None,
            },
            _ => return None,
        })
    }

    /// A chain of operators that bind at least so strongly. A long chain is a deep tree, so that
    /// its length is bounded like nesting.
    fn binary(&mut self, least: u8) -> Result<Expr, Misread> {
        let mut left = self.unary()?;
        let mut links = 0;
        while let Some(operator) = self.operator() {
            if strength(operator) < least {
                break;
            }
            links += 1;
            if links > DEEPEST {
                let at = self.peek().1;
                return Err(Misread {
                    at,
                    code: Code::TooLong,
                    wanted: "~expr-shallower",
                });
            }
            self.next += 1;
            let right = self.binary(strength(operator) + 1)?;
            left = Expr {
                at: (left.at.0, right.at.1),
                node: ExprNode::Binary(operator, Box::new(left), Box::new(right)),
            };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expr, Misread> {
        let start = self.peek().1.0;
        for sign in ["!", "-"] {
            if self.takes(sign) {
                let inner = self.deeper(Self::unary)?;
                let at = (start, inner.at.1);
                let inner = Box::new(inner);
                let node = if sign == "!" {
                    ExprNode::Not(inner)
                } else {
                    ExprNode::Negative(inner)
                };
                return Ok(Expr { at, node });
            }
        }
        self.member()
    }

    fn member(&mut self) -> Result<Expr, Misread> {
        let mut expr = self.primary()?;
        let mut links = 0;
        while self.takes(".") {
            links += 1;
            let (token, at) = self.take();
            let name = match token {
                Token::Word(name) if !KEYWORDS.contains(&name.as_str()) => name,
                _ => return Err(misread(at, "~expr-member")),
            };
            if links > DEEPEST {
                return Err(Misread {
                    at,
                    code: Code::TooLong,
                    wanted: "~expr-shallower",
                });
            }
            expr = if self.takes("(") {
                self.method(expr, name)?
            } else {
                Expr {
                    at: (expr.at.0, at.1),
                    node: ExprNode::Member(Box::new(expr), name),
                }
            };
        }
        Ok(expr)
    }

    fn method(&mut self, target: Expr, name: String) -> Result<Expr, Misread> {
        let start = target.at.0;
        let target = Box::new(target);
        let variable = match (&self.peek().0, self.tokens.get(self.next + 1)) {
            (Token::Word(word), Some((Token::Sign(","), _))) if is_free(word) => Some(word.clone()),
            _ => None,
        };
        if let (Some(each), Some(variable)) = (Each::lookup(&name), variable) {
            self.next += 2;
            let body = Box::new(self.choice()?);
            let end = self.needs(")", "~expr-bracket")?.1;
            return Ok(Expr {
                at: (start, end),
                node: ExprNode::Each(target, each, variable, body),
            });
        }
        let (arguments, end) = self.arguments(")")?;
        Ok(Expr {
            at: (start, end),
            node: ExprNode::Method(target, name, arguments),
        })
    }

    /// Arguments up to a closing sign, and where that ends.
    fn arguments(&mut self, close: &'static str) -> Result<(Vec<Expr>, u32), Misread> {
        let mut arguments = Vec::new();
        loop {
            let at = self.peek().1;
            if self.takes(close) {
                return Ok((arguments, at.1));
            }
            if !arguments.is_empty() {
                self.needs(",", "~expr-comma")?;
            }
            arguments.push(self.choice()?);
        }
    }

    fn primary(&mut self) -> Result<Expr, Misread> {
        let (token, at) = self.take();
        let node = match token {
            Token::Number(number) => ExprNode::Number(number),
            Token::Text(text) => ExprNode::Text(text),
            Token::Word(word) => match word.as_str() {
                "true" | "false" => ExprNode::Flag(word == "true"),
                "null" => ExprNode::Null,
                "in" => return Err(misread(at, "~expr-operand")),
                reserved if RESERVED.contains(&reserved) => {
                    return Err(misread(at, "~expr-free-word"));
                }
                _ if self.takes("(") => {
                    let (arguments, end) = self.arguments(")")?;
                    return Ok(Expr {
                        at: (at.0, end),
                        node: ExprNode::Call(word, arguments),
                    });
                }
                _ => ExprNode::Name(word),
            },
            Token::Sign("(") => {
                let inner = self.choice()?;
                let end = self.needs(")", "~expr-bracket")?.1;
                return Ok(Expr {
                    at: (at.0, end),
                    node: inner.node,
                });
            }
            Token::Sign("[") => {
                let (members, end) = self.arguments("]")?;
                return Ok(Expr {
                    at: (at.0, end),
                    node: ExprNode::List(members),
                });
            }
            Token::Sign(_) | Token::End => return Err(misread(at, "~expr-operand")),
        };
        Ok(Expr { at, node })
    }
}
