using FeatureTransfer.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <content>What ML.NET asks of a trainer's model: which column it reads.</content>
public sealed partial class FineTunedTransformer : ISingleFeaturePredictionTransformer<OnnxModel>
{
    /// <summary>The column that is read, as <see cref="InputColumnName"/>.</summary>
    public string FeatureColumnName => InputColumnName;

    /// <summary>The type of that column in the rows that taught; text (a path) for a network that was opened again.</summary>
    public DataViewType FeatureColumnType { get; internal set; } = TextDataViewType.Instance;
}
