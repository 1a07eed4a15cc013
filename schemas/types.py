"""Column types: the only place where a type of the house is named.

Each is an Arrow type that pandera checks, Parquet stores and DuckDB reads without conversion.
"""

from typing import Annotated

import pandas as pd
import pyarrow as pa

Text = Annotated[pd.ArrowDtype, pa.string()]
Number = Annotated[pd.ArrowDtype, pa.float64()]
Integer = Annotated[pd.ArrowDtype, pa.int64()]
Flag = Annotated[pd.ArrowDtype, pa.bool_()]
Date = Annotated[pd.ArrowDtype, pa.date32()]
Moment = Annotated[pd.ArrowDtype, pa.timestamp("us")]
TextList = Annotated[pd.ArrowDtype, pa.list_(pa.string())]
RuleResults = Annotated[
    pd.ArrowDtype,
    pa.list_(pa.struct([("rule", pa.string()), ("result", pa.string()), ("reason", pa.string())])),
]
