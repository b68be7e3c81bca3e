using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>Reads rows from a source, looks them up, and prepares those that are not known, several at once.</summary>
internal sealed class WindowBlockReader<T>(WindowPreparation preparation, FeatureKeeper keeper, WindowSettings settings)
{
    // The first results come soon, and so does what a source has to say of itself.
    private const int Rows = 256;

    /// <summary>The next block; the source is read by nobody else meanwhile.</summary>
    public WindowBlock<T> Read(IEnumerator<FlowInput<T>> source, int length, CancellationToken cancellationToken)
    {
        var block = new WindowBlock<T>();
        var open = 0L;
        while (!block.IsLast && block.Failure is null && open < preparation.BlockLength)
        {
            var tickets = Take(source, block, cancellationToken);
            Together.Do(tickets, settings.Preparers, cancellationToken, ticket => Prepare(ticket, length));
            block.Rows.AddRange(tickets);
            open += tickets.Sum(ticket => ticket.Row?.Windows.Sum(window => (long)window.Length) ?? 1);
        }

        return block;
    }

    private static List<WindowTicket<T>> Take(IEnumerator<FlowInput<T>> source, WindowBlock<T> block, CancellationToken cancellationToken)
    {
        var tickets = new List<WindowTicket<T>>();
        try
        {
            while (tickets.Count < Rows && !cancellationToken.IsCancellationRequested)
            {
                if (!source.MoveNext())
                {
                    block.IsLast = true;
                    break;
                }

                tickets.Add(new WindowTicket<T>(source.Current));
            }
        }
        catch (Exception exception)
        {
            block.Failure = exception;
        }

        return tickets;
    }

    private void Prepare(WindowTicket<T> ticket, int length)
    {
        try
        {
            var input = ticket.Input.Input;
            var content = new EncodedBuffer().Read(input);
            ticket.Cached = keeper.Find(content.Span, out var key);
            if (ticket.Cached is null)
                ticket.Row = new WindowRow(preparation.Read(content, input.Name), key, length);
        }
        catch (BadInputException exception)
        {
            ticket.Error = exception;
        }
    }
}
