using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Principal components.</summary>
public static partial class PcaCatalog
{
    public static PrincipalComponentAnalyzer ProjectToPrincipalComponents(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        string? exampleWeightColumnName = null,
        int rank = 20,
        int overSampling = 20,
        bool ensureZeroMean = true,
        int? seed = null)
    {
        Check.Name(outputColumnName);
        return new(catalog.Context, (outputColumnName, inputColumnName ?? outputColumnName), exampleWeightColumnName, rank, overSampling, ensureZeroMean, seed);
    }
}
