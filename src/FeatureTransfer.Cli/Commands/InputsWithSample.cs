using System.Collections;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Inputs of which the first are kept as they are read, for a source such as standard input can be read only once.</summary>
internal sealed class InputsWithSample : IEnumerable<InputValue>, IDisposable
{
    private readonly IEnumerator<InputValue> _rest;
    private readonly List<InputValue> _sample = [];

    public InputsWithSample(IEnumerable<InputValue> inputs, int sample)
    {
        _rest = inputs.GetEnumerator();
        while (_sample.Count < sample && _rest.MoveNext())
            _sample.Add(Held(_rest.Current));
    }

    /// <summary>The first.</summary>
    public IReadOnlyList<InputValue> Sample => _sample;

    /// <summary>All of them, once.</summary>
    public IEnumerator<InputValue> GetEnumerator()
    {
        foreach (var input in _sample)
            yield return input;
        while (_rest.MoveNext())
            yield return _rest.Current;
    }

    public void Dispose() => _rest.Dispose();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // What cannot be read is rejected in its turn.
    private static InputValue Held(InputValue input)
    {
        if (input.IsFile)
            return input;
        try
        {
            return InputValue.FromBytes(input.Read(), input.Name);
        }
        catch (BadInputException exception)
        {
            return InputValue.FromReader(input.Name, () => throw exception);
        }
    }
}
