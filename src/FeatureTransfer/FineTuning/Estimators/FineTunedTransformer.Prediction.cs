using FeatureTransfer.Extraction;
using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <content>What ML.NET asks of a trainer's model: which column it reads.</content>
public sealed partial class FineTunedTransformer : ISingleFeaturePredictionTransformer<OnnxModel>
{
    /// <summary>The column that is read, as <see cref="InputColumnName"/>.</summary>
    public string FeatureColumnName => InputColumnName;

    /// <summary>The type of that column: text (a path, or the text itself), or a vector of bytes (an encoded image or recording).</summary>
    public DataViewType FeatureColumnType => _network.Input == InputKind.Bytes ? new VectorDataViewType(NumberDataViewType.Byte) : TextDataViewType.Instance;
}
