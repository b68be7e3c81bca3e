using FeatureTransfer.Inputs;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>What lies in the column that a network reads.</summary>
internal enum InputKind
{
    /// <summary>Paths, or names of what another column holds.</summary>
    Path,

    /// <summary>Encoded inputs.</summary>
    Bytes,

    /// <summary>Texts, which are read themselves.</summary>
    Text,
}

/// <summary>Tells kinds of input apart.</summary>
internal static class InputKinds
{
    /// <summary>The kind of a column.</summary>
    public static InputKind Of(DataViewSchema schema, string column, Modality modality) => schema[column].Type switch
    {
        not TextDataViewType => InputKind.Bytes,
        _ when modality == Modality.Text => InputKind.Text,
        _ => InputKind.Path,
    };
}
