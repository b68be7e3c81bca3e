namespace Microsoft.ML;

/// <summary>Base of the catalogs of one kind of task: its trainers, its evaluation.</summary>
public abstract class TrainCatalogBase
{
    private protected TrainCatalogBase(MLContext context)
    {
        Context = context;
    }

    internal MLContext Context { get; }

    /// <summary>Base of the lists of trainers, on which extension methods hang.</summary>
    public abstract class CatalogInstantiatorBase
    {
        private protected CatalogInstantiatorBase(TrainCatalogBase owner)
        {
            Owner = owner;
        }

        internal TrainCatalogBase Owner { get; }

        internal MLContext Context => Owner.Context;
    }

    /// <summary>What one fold of a cross-validation gave.</summary>
    public sealed class CrossValidationResult<T>
        where T : class
    {
        public readonly ITransformer Model;
        public readonly T Metrics;
        public readonly IDataView ScoredHoldOutSet;
        public readonly int Fold;

        internal CrossValidationResult(ITransformer model, T metrics, IDataView scored, int fold)
        {
            Model = model;
            Metrics = metrics;
            ScoredHoldOutSet = scored;
            Fold = fold;
        }
    }
}
