using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>What a model file is to hold.</summary>
/// <param name="Result">What it says of itself.</param>
/// <param name="Frozen">The frozen steps.</param>
/// <param name="Model">The trained ones.</param>
/// <param name="Rows">Rows of the source behind the frozen steps, which the file is checked with.</param>
/// <param name="Keys">The keys of the rows that it learned from, see <see cref="RowKeys"/>.</param>
/// <param name="Sample">The rows, as the trained steps take them, whose features it keeps, see <see cref="DriftSample"/>.</param>
internal sealed record KeptModel(RunResult Result, TransformerChain<ITransformer> Frozen, TransformerChain<ITransformer> Model, Table Rows, IEnumerable<ulong?> Keys, IDataView Sample);
