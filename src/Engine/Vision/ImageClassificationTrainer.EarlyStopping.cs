namespace Microsoft.ML.Vision;

public sealed partial class ImageClassificationTrainer
{
    /// <summary>The metric that decides.</summary>
    public enum EarlyStoppingMetric
    {
        Accuracy = 0,
        Loss = 1,
    }

    /// <summary>Ends training when a metric of the validation rows has not become better for some epochs.</summary>
    public sealed class EarlyStopping
    {
        private readonly EarlyStoppingMetric _metric;
        private float _best;
        private int _waited;

        /// <summary>The metric says which way is better: <paramref name="checkIncreasing"/> is taken for ML.NET's sake.</summary>
        public EarlyStopping(
            float minDelta = 0.01f, int patience = 20, EarlyStoppingMetric metric = EarlyStoppingMetric.Accuracy, bool checkIncreasing = true)
        {
            _metric = metric;
            MinDelta = Math.Abs(minDelta);
            Patience = patience;
            CheckIncreasing = metric switch
            {
                EarlyStoppingMetric.Accuracy => true,
                EarlyStoppingMetric.Loss => false,
                _ => checkIncreasing,
            };
            Reset();
        }

        /// <summary>How much better counts as better.</summary>
        public float MinDelta { get; set; }

        /// <summary>The epochs without a better metric after which training ends.</summary>
        public int Patience { get; set; }

        /// <summary>Whether more is better.</summary>
        public bool CheckIncreasing { get; set; }

        /// <summary>Takes the metrics of an epoch; whether training should end with it.</summary>
        public bool ShouldStop(TrainMetrics currentMetrics)
        {
            ArgumentNullException.ThrowIfNull(currentMetrics);
            float current = _metric == EarlyStoppingMetric.Accuracy ? currentMetrics.Accuracy : currentMetrics.CrossEntropy;
            float gain = CheckIncreasing ? current - _best : _best - current;
            if (gain >= MinDelta)
            {
                (_best, _waited) = (current, 0);
                return false;
            }
            return ++_waited >= Patience;
        }

        /// <summary>Begins anew: what one fit has seen says nothing of the next.</summary>
        internal void Reset() => (_best, _waited) = (CheckIncreasing ? 0 : float.MaxValue, 0);
    }
}
