using System.Threading;
using System.Threading.Tasks;

namespace Consumer
{
    public static class Poller
    {
        public static async Task PollAsync()
        {
            Thread.Sleep(10); // ASG4004
            await Task.Yield();
        }
    }
}
