using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML;

/// <summary>Loading, splitting, filtering and caching data.</summary>
public sealed partial class DataOperationsCatalog
{
    internal DataOperationsCatalog(MLContext context)
    {
        Context = context;
    }

    internal MLContext Context { get; }

    /// <summary>A view split in two.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "ML.NET's struct has no equality members.")]
    public readonly struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}
