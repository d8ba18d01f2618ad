"""Changes the parameters in place outside of torch.no_grad(), which autograd forbids for those that require grad."""


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for i in range(len(params)):
        if grads[i] is None:
            continue
        g = grads[i] + weight_decay * params[i]
        velocities[i].mul_(momentum)
        velocities[i].add_(g)
        params[i].sub_(lr * velocities[i])
