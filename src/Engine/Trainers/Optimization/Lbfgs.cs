namespace Microsoft.ML.Trainers;

/// <summary>
/// Limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2nd edition, chapter 7); with an L1 penalty its
/// orthant-wise variant (G. Andrew and J. Gao, "Scalable training of L1-regularized log-linear models", ICML 2007).
/// </summary>
internal static class Lbfgs
{
    public static LbfgsResult Minimize(IObjective objective, double[] start, LbfgsSettings settings)
    {
        var state = new LbfgsState(objective, start, settings);
        LineSearch search = settings.L1 > 0 ? new OrthantSearch(state, settings) : new WolfeSearch(state, settings);
        var rule = new ImprovementRule(settings.Tolerance, settings.MaxIterations);
        var history = new CurvatureHistory(settings.HistorySize);
        if (settings.MaxIterations <= 0)
            return new(state.X, state.Value, 0);
        for (int iteration = 1; ; iteration++)
        {
            search.ChooseDirection(history);
            bool stepped = search.Step(iteration == 1);
            if (!stepped)
            {
                // The curvature may be spoilt by rounding: once more, straight down.
                history.Clear();
                search.ChooseDirection(history);
                stepped = search.Step(iteration == 1);
            }
            if (!stepped)
                return new(state.X, state.Value, iteration - 1);
            bool curved = history.Add(state.X, state.NextX, state.Gradient, state.NextGradient);
            state.Accept();
            if (!curved || rule.IsDone(state.Value, iteration))
                return new(state.X, state.Value, iteration);
        }
    }
}
