"""Column types: the only place where a type of the house is named.

Each is an Arrow type that pandera checks, Parquet stores and DuckDB reads without conversion.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
import pyarrow as pa

TEXT = pa.string()
if TYPE_CHECKING:
    Text: TypeAlias = Any
    Number: TypeAlias = Any
    Integer: TypeAlias = Any
    Flag: TypeAlias = Any
    Date: TypeAlias = Any
    Moment: TypeAlias = Any
    TextList: TypeAlias = Any
    RuleResults: TypeAlias = Any
else:  # instances: of an `Annotated` type pandera asks the signature anew for every column
    Text = pd.ArrowDtype(TEXT)
    Number = pd.ArrowDtype(pa.float64())
    Integer = pd.ArrowDtype(pa.int64())
    Flag = pd.ArrowDtype(pa.bool_())
    Date = pd.ArrowDtype(pa.date32())
    Moment = pd.ArrowDtype(pa.timestamp("us"))
    TextList = pd.ArrowDtype(pa.list_(TEXT))
    RuleResults = pd.ArrowDtype(pa.list_(pa.struct([("rule", TEXT), ("result", TEXT), ("reason", TEXT)])))
