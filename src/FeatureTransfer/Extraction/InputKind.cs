using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>What lies in the column that a network reads.</summary>
internal enum InputKind
{
    /// <summary>Paths, or names of what another column holds.</summary>
    Path,

    /// <summary>Encoded inputs.</summary>
    Bytes,
}

/// <summary>Tells kinds of input apart.</summary>
internal static class InputKinds
{
    /// <summary>The kind of a column.</summary>
    public static InputKind Of(DataViewSchema schema, string column) => schema[column].Type is TextDataViewType ? InputKind.Path : InputKind.Bytes;
}
