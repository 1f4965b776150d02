"""What the product costs, beside a floor or a peer measured in the same run. Ratios travel; milliseconds do not."""
