using FeatureTransfer.Extraction;
using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <content>What ML.NET asks of a trainer's model: which column it reads.</content>
public sealed partial class FineTunedTransformer : ISingleFeaturePredictionTransformer<OnnxModel>
{
    /// <summary>The column that is read, as <see cref="InputColumnName"/>.</summary>
    public string FeatureColumnName => InputColumnName;

    /// <summary>The type of that column: text (a path), or a vector of bytes (an encoded image).</summary>
    public DataViewType FeatureColumnType => _network.Input == InputKind.Path ? TextDataViewType.Instance : new VectorDataViewType(NumberDataViewType.Byte);
}
