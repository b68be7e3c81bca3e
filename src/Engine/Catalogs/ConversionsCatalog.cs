using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>More transforms of keys.</summary>
public static class ConversionsCatalog
{
    public static KeyToBinaryVectorMappingEstimator MapKeyToBinaryVector(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string? inputColumnName = null)
    {
        Check.Name(outputColumnName);
        return new((outputColumnName, inputColumnName ?? outputColumnName));
    }
}
