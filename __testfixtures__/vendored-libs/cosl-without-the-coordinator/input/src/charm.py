from cosl import JujuTopology
