"""How good the answers are: judging, figures, the confidence floor, what stays unanswered."""
